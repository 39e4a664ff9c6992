/** Transactions and evidence for auditors. */
@NullMarked
package org.tallystick.evidence;

import org.jspecify.annotations.NullMarked;
