namespace ChatOps.Cli.Mcp;

/// <summary>Where programs keep the settings of a person on this system.</summary>
/// <param name="Home">The person's own directory.</param>
/// <param name="Settings">What programs with a window use: <c>~/.config</c>, <c>~/Library/Application Support</c> or <c>%APPDATA%</c>.</param>
internal sealed record McpClientPlaces(string Home, string Settings)
{
    /// <summary>Those of whoever runs this.</summary>
    public static McpClientPlaces Own()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new(home, OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Application Support")
            : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify));
    }

    public string InHome(params string[] parts) => Path.Combine([Home, .. parts]);

    public string InSettings(params string[] parts) => Path.Combine([Settings, .. parts]);
}
