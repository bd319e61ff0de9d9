"""gzdash: what Guangzhou's social organizations do for industry, employment and rural revitalisation."""

__version__ = "0.1.0"
