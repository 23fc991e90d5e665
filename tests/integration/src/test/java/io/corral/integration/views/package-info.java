/** What users see of a running JVM: MBeans, and the commands that read them. */
@NullMarked
package io.corral.integration.views;

import org.jspecify.annotations.NullMarked;
