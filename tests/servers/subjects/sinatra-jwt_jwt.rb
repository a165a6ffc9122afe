require "sinatra/base"; require "jwt"; require "json"; require "webrick"
puts "sinatra #{Sinatra::VERSION}, jwt #{JWT.gem_version}"; $stdout.flush
class Orders < Sinatra::Base
  set server: "webrick", bind: "127.0.0.1", port: ENV["PORT"].to_i, quiet: true, logging: false, environment: :production
  get "/orders/7" do
    content_type :json
    token = request.env["HTTP_AUTHORIZATION"].to_s[/\ABearer (.*)\z/, 1]
    begin
      JWT.decode(token, ENV["SECRET"], true, algorithm: "HS256", aud: "orders", verify_aud: true, iss: "https://id.example/", verify_iss: true)
      { ok: true }.to_json
    rescue JWT::DecodeError => e
      halt 401, { error: e.message }.to_json
    end
  end
end
Orders.run!
