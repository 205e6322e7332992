"""A survey while somebody still writes it: nothing typed is lost, however wrong it is."""
