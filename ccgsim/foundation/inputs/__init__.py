"""What people write and pass: how it is read, checked and repeated to them."""
