"""Search that knows German: the words of texts and of queries, made alike. Pure: no ORM, no settings."""
