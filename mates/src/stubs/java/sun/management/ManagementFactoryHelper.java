package sun.management;

public class ManagementFactoryHelper {

    public static native HotspotThreadMBean getHotspotThreadMBean();
}
