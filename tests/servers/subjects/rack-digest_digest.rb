require "rack"; require "webrick"; require "rack/handler/webrick"
puts "rack #{Rack.release}, webrick #{WEBrick::VERSION}"; $stdout.flush
app = Rack::Auth::Digest::MD5.new(->(env) { [200, { "Content-Type" => "application/json" }, ['{"ok":true}']] }, realm: "Orders", opaque: "7f0c1b52") { |user| { "jo" => "right-horse" }[user] }
Rack::Handler::WEBrick.run(app, Host: "127.0.0.1", Port: ENV["PORT"].to_i, Logger: WEBrick::Log.new(File::NULL), AccessLog: [])
