"""Makegood, the service-recovery desk: nobody should have to go to Twitter."""
