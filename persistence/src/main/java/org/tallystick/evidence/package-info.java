/** Reading decided transactions, for auditors. */
@NullMarked
package org.tallystick.evidence;

import org.jspecify.annotations.NullMarked;
