package io.corral.events.jmx;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names of the MBeans, for the agent that registers them and the tools that read them. */
public final class BeanNames {

    /** Names that need no quotes in an object name. */
    private static final String PLAIN = "[A-Za-z0-9._-]+";

    private BeanNames() {}

    public static ObjectName ofProcess() {
        return name("io.corral:type=Corral");
    }

    /** @param hierarchy the name of a hierarchy */
    public static ObjectName ofHierarchy(String hierarchy) {
        return name("io.corral:type=Hierarchy,name="
                + (hierarchy.matches(PLAIN) ? hierarchy : ObjectName.quote(hierarchy)));
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
