"""From a phone's samples to the pelvis it is tied to: which way is up, how the phone sits, and the angles with their signs."""
