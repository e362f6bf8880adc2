"""A person's word: corrections of rounds, decisions on who is who, and taking them back.

In: what a person says of a round, a company, an investor or a report. Out: statements that
outlive every later reading, and rounds derived anew from them.
"""
