require 'faraday'; require 'json'
conn = Faraday.new { |f| f.response :raise_error; f.response :logger, nil, { headers: true, bodies: true }; f.adapter Faraday.default_adapter }
conn.get(ENV['URL_'], nil, JSON.parse(ENV['FIELDS'])) rescue p $!.class, $!.message
