/** What users see of a running JVM: MBeans, and the commands that read them. */
@NullMarked
package io.corral.it.views;

import org.jspecify.annotations.NullMarked;
