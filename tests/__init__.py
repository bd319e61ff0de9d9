"""The tests of gzdash, named for the promises they keep."""
