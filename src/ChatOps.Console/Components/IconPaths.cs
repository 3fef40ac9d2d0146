using System.Collections.Frozen;

namespace ChatOps.Console.Components;

/// <summary>The strokes of each icon.</summary>
internal static class IconPaths
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["chat"] = "<path d='M21 12a8 8 0 0 1-8 8H4l1.8-3A8 8 0 1 1 21 12z'/>",
        ["approvals"] = "<path d='M12 3l8 3v6c0 4.5-3.2 7.9-8 9-4.800-1.100-8-4.500-8-9V6z'/><path d='M9 12l2 2 4-4'/>",
        ["nodes"] = "<rect x='3' y='4' width='18' height='7' rx='2'/><rect x='3' y='13' width='18' height='7' rx='2'/><path d='M7 7.500h.01M7 16.500h.01M11 7.500h6M11 16.500h6'/>",
        ["audit"] = "<path d='M7 3h8l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z'/><path d='M14 3v6h6M9 13h7M9 17h5'/>",
        ["access"] = "<circle cx='9' cy='8' r='4'/><path d='M2 21c0-4 3-6.500 7-6.500s7 2.500 7 6.500M16 4.500a4 4 0 0 1 0 7M18 15c2.500.800 4 2.800 4 6'/>",
        ["status"] = "<path d='M3 12h4l3-8 4 16 3-8h4'/>",
        ["more"] = "<circle cx='5' cy='12' r='1.200'/><circle cx='12' cy='12' r='1.200'/><circle cx='19' cy='12' r='1.200'/>",
        ["plus"] = "<path d='M12 5v14M5 12h14'/>",
        ["send"] = "<path d='M12 19V5M6 11l6-6 6 6'/>",
        ["stop"] = "<rect x='6' y='6' width='12' height='12' rx='2' fill='currentColor' stroke='none'/>",
        ["check"] = "<path d='M5 12.500l4.500 4.500L19 7.500'/>",
        ["checks"] = "<path d='M2 12.500l4.500 4.500L16 7.500M12 16l1 1 9-9.500'/>",
        ["incidents"] = "<path d='M6 19v-6a6 6 0 0 1 12 0v6M4 19h16M12 3v1.500M4.500 6l1.200 1.200M19.500 6l-1.200 1.200M12 10.500v3.500'/>",
        ["cross"] = "<path d='M6 6l12 12M18 6L6 18'/>",
        ["clock"] = "<circle cx='12' cy='12' r='9'/><path d='M12 7v5l3 2'/>",
        ["question"] = "<circle cx='12' cy='12' r='9'/><path d='M9.500 9.300a2.600 2.600 0 1 1 3.700 2.400c-.800.400-1.200.900-1.200 1.800M12 17h.01'/>",
        ["refused"] = "<circle cx='12' cy='12' r='9'/><path d='M5.700 5.700l12.600 12.600'/>",
        ["warning"] = "<path d='M12 3.500L22 20H2z'/><path d='M12 10v4M12 17h.01'/>",
        ["skull"] = "<path d='M12 3a8 8 0 0 0-5 14.200V20h10v-2.800A8 8 0 0 0 12 3z'/><path d='M9 11.500h.01M15 11.500h.01M12 15v1'/>",
        ["eye"] = "<path d='M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12z'/><circle cx='12' cy='12' r='2.500'/>",
        ["pencil"] = "<path d='M4 20l1-4L16.500 4.500a2.100 2.100 0 0 1 3 3L8 19z'/>",
        ["copy"] = "<rect x='9' y='9' width='11' height='11' rx='2'/><path d='M5 15H4V5a1 1 0 0 1 1-1h10v1'/>",
        ["download"] = "<path d='M12 4v11M7 11l5 5 5-5M5 20h14'/>",
        ["wrap"] = "<path d='M4 6h16M4 12h13a3 3 0 0 1 0 6h-4M15 15.500L12.500 18l2.500 2.500M4 18h4'/>",
        ["search"] = "<circle cx='11' cy='11' r='6.500'/><path d='M20 20l-4.300-4.300'/>",
        ["sun"] = "<circle cx='12' cy='12' r='4'/><path d='M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5'/>",
        ["contrast"] = "<circle cx='12' cy='12' r='9'/><path d='M12 3v18a9 9 0 0 0 0-18z' fill='currentColor'/>",
        ["moon"] = "<path d='M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z'/>",
        ["out"] = "<path d='M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5M15 8l4 4-4 4M19 12H9'/>",
        ["chevron"] = "<path d='M9 6l6 6-6 6'/>",
        ["back"] = "<path d='M15 6l-6 6 6 6'/>",
        ["file"] = "<path d='M7 3h8l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z'/><path d='M14 3v6h6'/>",
        ["link"] = "<path d='M10 14a4 4 0 0 0 6 .400l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.400l-3 3a4 4 0 0 0 5.700 5.700L12 17'/>",
        ["key"] = "<circle cx='8' cy='15' r='4'/><path d='M11 12l8.500-8.500M16 7l3 3'/>",
        ["drained"] = "<circle cx='12' cy='12' r='9'/><path d='M10 9v6M14 9v6'/>",
        ["dot"] = "<circle cx='12' cy='12' r='5' fill='currentColor' stroke='none'/>",
        ["ring"] = "<circle cx='12' cy='12' r='5'/>",
        ["terminal"] = "<path d='M5 7l5 5-5 5M13 17h6'/>",
        ["mark"] = "<path d='M4 6.500A2.500 2.500 0 0 1 6.500 4h11A2.500 2.500 0 0 1 20 6.500v7a2.500 2.500 0 0 1-2.500 2.500H11l-5 4v-4a2 2 0 0 1-2-2z'/><path d='M8.500 8l2 2-2 2M12.500 12h3'/>",
    }.ToFrozenDictionary();

    public static string Of(string name) => Paths.GetValueOrDefault(name, "");
}
