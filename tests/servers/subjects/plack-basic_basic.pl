use strict; use Plack; use Plack::Builder; use HTTP::Server::PSGI;
$| = 1; print "plack $Plack::VERSION\n";
my $app = builder {
    enable "Auth::Basic", realm => "Orders", authenticator => sub { $_[0] eq "jo" && $_[1] eq "right-horse" };
    sub { [200, ["Content-Type" => "application/json"], ['{"ok":true}']] };
};
HTTP::Server::PSGI->new(host => "127.0.0.1", port => $ENV{PORT}, timeout => 10)->run($app);
