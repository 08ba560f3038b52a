//! Check-digit arithmetic: digits in, yes or no out.
