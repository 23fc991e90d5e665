package io.corral.integration.support;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/** The number of live objects of each class, as the JVM counts them. */
public record HeapHistogram(Map<String, Long> instances) {

    /** A line has the number, instances, bytes, class and module. */
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    public static HeapHistogram afterACollection() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            Map<String, Long> instances = new HashMap<>();
            histogram.lines().forEach(line -> {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    instances.put(matcher.group(2), Long.parseLong(matcher.group(1)));
                }
            });
            return new HeapHistogram(instances);
        } catch (JMException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public long instances(String className) {
        return instances.getOrDefault(className, 0L);
    }

    /** The objects of a package and those below it. */
    public long instancesOfPackage(String name) {
        long sum = 0;
        for (Map.Entry<String, Long> each : instances.entrySet()) {
            sum += each.getKey().startsWith(name + ".") ? each.getValue() : 0;
        }
        return sum;
    }
}
