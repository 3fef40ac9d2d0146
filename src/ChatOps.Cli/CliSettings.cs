using ChatOps.Host;

namespace ChatOps.Cli;

/// <summary>Loads the settings of this command line.</summary>
internal static class CliSettings
{
    /// <summary>Loads them.</summary>
    /// <exception cref="ChatOps.Configuration.ConfigurationProblemsException">All that is wrong with them.</exception>
    public static (LoadedSettings Settings, GatewayPlaces Places, string Data) Load(GlobalValues global)
    {
        var places = GatewayPlaces.Find(AppContext.BaseDirectory, global.Workspace);
        var (settings, data) = SettingsLoader.LoadAll(places, global.Config, global.Data);
        return (settings, places, data);
    }
}
