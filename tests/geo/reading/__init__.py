"""Tests of the reader of files from outside."""
