use HTTP::Tiny; use JSON::PP; use Data::Dumper; $Data::Dumper::Sortkeys = 1;
my $f = decode_json($ENV{FIELDS}); my $r = HTTP::Tiny->new->get($ENV{URL_}, { headers => $f });
print Data::Dumper->Dump([{ url => $ENV{URL_}, headers => $f }, $r], ["request", "response"]);
