/** The form that every stage has: batches in, one transaction, hints out. */
@NullMarked
package org.tallystick.stage;

import org.jspecify.annotations.NullMarked;
