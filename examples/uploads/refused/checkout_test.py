"""Tests of the checkout service against the sandbox gateway.

The numbers are the gateways' published test cards; none can be charged.
"""

import datetime
import unittest

from shop.checkout import Card, CardError, Gateway, Money

SANDBOX = "https://sandbox.gateway.example.com/v3"

ACCEPTED = {
    "visa": "4242424242424242",
    "visa_alt": "4111111111111111",
    "mastercard": "5555555555554444",
    "mastercard_2_series": "2223003122003222",
    "amex": "378282246310005",
    "discover": "6011111111111117",
    "diners": "30569309025904",
    "jcb": "3566002020360505",
    "unionpay": "6200000000000005",
}

# Last digit off by one: refused before any request is made.
BAD_CHECK_DIGIT = [
    "4242424242424241",
    "5555555555554445",
    "378282246310006",
]

NOT_A_CARD = [
    "0000000000000000",
    "9999999999999999",
    "1234567890123456",
    "4242",
    "",
]


def next_year():
    return datetime.date.today().replace(day=1) + datetime.timedelta(days=366)


class AcceptedCards(unittest.TestCase):
    def setUp(self):
        self.gateway = Gateway(SANDBOX, timeout=5.0)

    def test_each_network_is_charged(self):
        for network, number in ACCEPTED.items():
            with self.subTest(network):
                card = Card(number, until=next_year(), code=code_for(network))
                receipt = self.gateway.charge(card, Money(10_00, "EUR"))
                self.assertEqual(receipt.status, "captured")
                self.assertEqual(receipt.last_four, number[-4:])

    def test_spaces_are_ignored(self):
        card = Card("4012 8888 8888 1881", until=next_year(), code="000")
        self.assertEqual(card.network, "visa")

    def test_hyphens_are_ignored(self):
        card = Card("5105-1051-0510-5100", until=next_year(), code="000")
        self.assertEqual(card.network, "mastercard")

    def test_masked_number_is_shown(self):
        card = Card(ACCEPTED["visa_alt"], until=next_year(), code="000")
        self.assertEqual(str(card), "411111******1111")

    def test_declined_by_the_bank(self):
        # The sandbox declines this one value.
        fields = {"number": "4000056655665556", "cvc": "999"}
        with self.assertRaises(CardError) as caught:
            self.gateway.charge_fields(fields, Money(1_00, "EUR"))
        self.assertEqual(caught.exception.reason, "incorrect")


class RefusedCards(unittest.TestCase):
    def test_check_digit(self):
        for number in BAD_CHECK_DIGIT:
            with self.subTest(number[-4:]), self.assertRaises(CardError):
                Card(number, until=next_year(), code="000")

    def test_no_network(self):
        for number in NOT_A_CARD:
            with self.subTest(number), self.assertRaises(CardError):
                Card(number, until=next_year(), code="000")


def code_for(network):
    return "0000" if network == "amex" else "000"


if __name__ == "__main__":
    unittest.main()
