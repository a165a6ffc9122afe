require 'net/http'; require 'json'
uri = URI(ENV['URL_'])
http = Net::HTTP.new(uri.host, uri.port); http.set_debug_output($stdout)
req = Net::HTTP::Get.new(uri); JSON.parse(ENV['FIELDS']).each { |n, v| req[n] = v }
res = http.request(req); puts res.code, res.body
