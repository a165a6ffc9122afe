require 'rest-client'; require 'json'
RestClient.log = 'stdout'
begin RestClient.get(ENV['URL_'], JSON.parse(ENV['FIELDS'])) rescue puts $!.inspect, $!.response.headers, $!.response.body end
