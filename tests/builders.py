"""What tests build on: an installation, its people, an ad and applications, made by the same services as real ones."""
