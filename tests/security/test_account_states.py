"""Any order of sign-ups, sign-ins, sign-outs, changes and deletions keeps to a small model of what accounts are."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, multiple, rule, run_state_machine_as_test

from tests.running_app import App

names = st.sampled_from(["asha", "Asha", "ben"])
passwords = st.sampled_from(["mango tree by the river", "a boat on the lake", "मेरा गाँव नदी के पास है"])


@dataclass
class Person:
    """What the model knows of an account."""

    id: str
    password: str
    name: str | None = None
    sign_ins: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Token:
    """A token, whose sign-in it is and which one."""

    text: str
    email: str
    sign_in: int


class AccountMachine(RuleBasedStateMachine):
    """The running app and the model, side by side."""

    tokens: Any = Bundle("tokens")
    http: httpx.Client

    def __init__(self) -> None:
        super().__init__()
        self.people: dict[str, Person] = {}
        self.run_id, self.numbers = uuid4().hex[:10], count()

    def address(self, name: str) -> str:
        """An address as somebody types it; upper and lower case are one."""
        return f"{name}.{self.run_id}@example.com"

    def send(self, method: str, path: str, token: Token | None = None, **body: Any) -> tuple[int, Any]:
        """Status and data, or the error's code."""
        headers = {"authorization": f"Bearer {token.text}"} if token else {}
        answer = self.http.request(method, f"/api/{path}", headers=headers, json=body or None)
        said = answer.json()
        return answer.status_code, said["data"] if answer.is_success else said["error"]["code"]

    def owner(self, token: Token) -> Person | None:
        """Whose token it is, while it is good."""
        person = self.people.get(token.email)
        return person if person and token.sign_in in person.sign_ins else None

    def begun(self, email: str, data: Any) -> Token:
        """A new sign-in."""
        number = next(self.numbers)
        self.people[email].sign_ins.add(number)
        return Token(data["token"], email, number)

    @rule(target=tokens, name=names, password=passwords)
    def sign_up(self, name: str, password: str) -> Any:
        """An address has one account."""
        typed = self.address(name)
        email = typed.lower()
        status, data = self.send("POST", "auth/signup", email=typed, password=password)
        if email in self.people:
            assert (status, data) == (409, "CONFLICT")
            return multiple()
        assert status == 201 and data["user"]["email"] == email
        self.people[email] = Person(data["user"]["id"], password)
        return self.begun(email, data)

    @rule(target=tokens, name=names, password=passwords)
    def sign_in(self, name: str, password: str) -> Any:
        """Only the right password, and no word on why not."""
        typed = self.address(name)
        person = self.people.get(typed.lower())
        status, data = self.send("POST", "auth/signin", email=typed, password=password)
        if person is None or person.password != password:
            assert (status, data) == (401, "UNAUTHORIZED")
            return multiple()
        assert status == 200 and data["user"]["id"] == person.id
        return self.begun(typed.lower(), data)

    @rule(target=tokens, token=tokens)
    def renew(self, token: Token) -> Any:
        """A fresh token of the same sign-in."""
        status, data = self.send("POST", "auth/renew", token)
        if self.owner(token) is None:
            assert status == 401
            return multiple()
        assert status == 200
        return Token(data["token"], token.email, token.sign_in)

    @rule(token=tokens)
    def sign_out(self, token: Token) -> None:
        """Ends this sign-in, once."""
        person = self.owner(token)
        status, _ = self.send("POST", "auth/signout", token)
        assert status == (200 if person else 401)
        if person:
            person.sign_ins.discard(token.sign_in)

    @rule(token=tokens, current=passwords, new=passwords)
    def change_password(self, token: Token, current: str, new: str) -> None:
        """Needs the current one; ends all other sign-ins."""
        person = self.owner(token)
        status, _ = self.send("PATCH", "auth/me", token, currentPassword=current, newPassword=new)
        if person is None:
            assert status == 401
        elif person.password != current:
            assert status == 403
        else:
            assert status == 200
            person.password, person.sign_ins = new, {token.sign_in}

    @rule(token=tokens, name=st.sampled_from(["Asha", "Meena"]))
    def rename(self, token: Token, name: str) -> None:
        """Changes the name and nothing else."""
        person = self.owner(token)
        status, _ = self.send("PATCH", "auth/me", token, name=name)
        assert status == (200 if person else 401)
        if person:
            person.name = name

    @rule(token=tokens, password=passwords)
    def delete(self, token: Token, password: str) -> None:
        """Needs the password; takes everything."""
        person = self.owner(token)
        status, _ = self.send("DELETE", "auth/me", token, password=password)
        if person is None:
            assert status == 401
        elif person.password != password:
            assert status == 403
        else:
            assert status == 200
            del self.people[token.email]

    @rule(token=tokens)
    def call(self, token: Token) -> None:
        """A good token is its owner's, any other is nobody's."""
        person = self.owner(token)
        status, data = self.send("GET", "auth/me", token)
        if person is None:
            assert (status, data) == (401, "UNAUTHORIZED")
        else:
            assert status == 200 and (data["id"], data["name"]) == (person.id, person.name)


@pytest.mark.parametrize(
    ("runs", "steps"), [(10, 20), pytest.param(200, 30, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]
)
def test_s13_s15_s20_s21_any_order_keeps_to_the_model(app: App, runs: int, steps: int) -> None:
    with httpx.Client(base_url=app.url, timeout=30) as client:
        AccountMachine.http = client
        run_state_machine_as_test(
            AccountMachine, settings=settings(max_examples=runs, stateful_step_count=steps, deadline=None)
        )
