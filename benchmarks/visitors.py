"""What fifty visitors do, for locust (benchmarks/load.py starts it): search, look, chat; one in five is signed in."""

from random import choice, random
from uuid import uuid4

from locust import HttpUser, between, task

WORDS = ("girls", "engineering", "bihar", "obc 12th", "nmmss", "phd", "law", "लड़कियों के लिए", "income 2 lakh", "abroad")
QUESTIONS = ("last date of NMMSS?", "scholarships for girls in Bihar", "BTech, income 2 lakh", "documents for nmmss")


class Visitor(HttpUser):
    """Reads for some seconds between two calls."""

    wait_time = between(1, 4)

    def on_start(self) -> None:
        """One in five makes an account."""
        self.mine: dict[str, str] = {}
        if random() < 0.2:
            person = {"email": f"{uuid4().hex}@example.com", "password": "mango tree by the river"}
            made = self.client.post("/api/auth/signup", json=person)
            self.mine = {"authorization": f"Bearer {made.json()['data']['token']}"}

    @task(5)
    def search(self) -> None:
        """Search in words."""
        where = "/api/scholarships/search"
        self.client.get(where, params={"keywords": choice(WORDS)}, headers=self.mine, name=where)

    @task(3)
    def look(self) -> None:
        """Open a record."""
        self.client.get("/api/scholarships/nmmss", headers=self.mine)

    @task(2)
    def chat(self) -> None:
        """Ask, and ask on."""
        reply = self.client.post("/api/chat", json={"message": choice(QUESTIONS)}, headers=self.mine).json()["data"]
        more = {"message": "which are open?", "sessionId": reply["sessionId"]}
        self.client.post("/api/chat", json=more, headers=self.mine)

    @task(1)
    def track(self) -> None:
        """Save a scholarship."""
        if self.mine:
            self.client.post("/api/applications", json={"scholarshipId": "nmmss"}, headers=self.mine)
