location.reload(); // the address keeps its link
