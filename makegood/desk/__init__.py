"""The record: the only place where anything is kept or changed. models < facts < queries < actions."""
