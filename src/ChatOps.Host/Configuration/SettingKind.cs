namespace ChatOps.Host;

/// <summary>The form of a setting's value.</summary>
internal enum SettingKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A secret, best written as a reference. It is never shown, and a reference is kept as one, so that what it leads to can be rotated.</summary>
    Secret,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number in a range.</summary>
    Number,

    /// <summary>A number with a decimal point, in a range.</summary>
    Decimal,

    /// <summary>A duration such as <c>15m</c>, in a range.</summary>
    Duration,

    /// <summary>A list of texts without commas.</summary>
    List,

    /// <summary>An object of free names with text values.</summary>
    Map,
}
