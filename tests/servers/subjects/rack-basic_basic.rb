require "rack"; require "webrick"; require "rack/handler/webrick"
puts "rack #{Gem.loaded_specs["rack"]&.version || Rack.release}, webrick #{WEBrick::VERSION}"; $stdout.flush
app = Rack::Auth::Basic.new(->(env) { [200, { "Content-Type" => "application/json" }, ['{"ok":true}']] }, "Orders") { |user, password| [user, password] == ["jo", "right-horse"] }
Rack::Handler::WEBrick.run(app, Host: "127.0.0.1", Port: ENV["PORT"].to_i, Logger: WEBrick::Log.new(File::NULL), AccessLog: [])
