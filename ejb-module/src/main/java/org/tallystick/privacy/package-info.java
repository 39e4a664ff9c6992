/** Rights of whom data is about: exports of it, and its erasure. */
@NullMarked
package org.tallystick.privacy;

import org.jspecify.annotations.NullMarked;
