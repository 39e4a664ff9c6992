/** The auditor's off-line check: no database, no server, only the bank's public root key. */
@NullMarked
package org.tallystick.verifier;

import org.jspecify.annotations.NullMarked;
