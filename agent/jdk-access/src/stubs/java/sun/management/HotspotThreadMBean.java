package sun.management;

public interface HotspotThreadMBean {}
