/** A bank as its clerks, auditors and customers see it from outside: over HTTP alone. */
@NullMarked
package org.tallystick.launcher.bank;

import org.jspecify.annotations.NullMarked;
