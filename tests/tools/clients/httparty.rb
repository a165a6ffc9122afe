require 'httparty'; require 'json'; require 'logger'
r = HTTParty.get(ENV['URL_'], headers: JSON.parse(ENV['FIELDS']), logger: Logger.new($stdout), log_level: :info, log_format: :curl)
p r.request.options, r.code, r.headers
