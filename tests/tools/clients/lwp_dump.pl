use LWP::UserAgent; use JSON::PP;
my $ua = LWP::UserAgent->new; my $f = decode_json($ENV{FIELDS});
$ua->add_handler("request_send", sub { print "Request:\n"; shift->dump(prefix => "  "); return }); $ua->add_handler("response_done", sub { print "Response:\n"; shift->dump(prefix => "  "); return });
my $r = $ua->get($ENV{URL_}, map { $_ => $f->{$_} } sort keys %$f); print $r->status_line, "\n";
