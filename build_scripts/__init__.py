"""Commands for those who build, test and release the program. Nothing here is shipped."""
