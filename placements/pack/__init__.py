"""What would an inspector read of a period? The pack, and a child's story: the same question, the same bytes."""
