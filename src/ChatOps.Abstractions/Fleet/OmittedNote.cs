using System.Globalization;

namespace ChatOps.Fleet;

/// <summary>Says how much output is left out.</summary>
public static class OmittedNote
{
    private const double Unit = 1024;

    /// <summary>Such as <c>… 12.3 MiB omitted …</c>.</summary>
    /// <param name="bytes">What is left out.</param>
    public static string For(long bytes) => $"… {Size(bytes)} omitted …";

    /// <summary>A size for people.</summary>
    /// <param name="bytes">The size.</param>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Unit:0.0} KiB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Unit / Unit:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Unit / Unit / Unit:0.0} GiB"),
    };
}
