/** The rules that hold the modules apart. */
package org.tallystick.architecture;
