"""The planner's workbook: its layout, its reading and its writing."""
