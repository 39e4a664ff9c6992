/** Whether what was uploaded is what it says it is, and nothing else beside. */
@NullMarked
package org.tallystick.document;

import org.jspecify.annotations.NullMarked;
