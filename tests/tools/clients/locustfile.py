import json, os
from locust import FastHttpUser, HttpUser, task, constant
class Caller(HttpUser):
    wait_time = constant(1)
    host = os.environ["URL_"].split("/referrals")[0]
    @task
    def get(self):
        with self.client.get("/referrals" + os.environ["URL_"].split("/referrals")[1], headers=json.loads(os.environ["FIELDS"]), catch_response=True) as r:
            print(r.request.method, r.request.url, r.request.headers, r.status_code, r.text)
            r.failure(f"{r.status_code} {r.text}") ; self.environment.runner.quit()
