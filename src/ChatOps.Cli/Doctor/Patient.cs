using ChatOps.Configuration;
using ChatOps.Host;

namespace ChatOps.Cli.Doctor;

/// <summary>The installation that is looked at.</summary>
/// <param name="Global">The global options, to reach its gateway.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Places">Where the operator's files are.</param>
/// <param name="Data">Its data directory.</param>
internal sealed record Patient(GlobalValues Global, LoadedSettings Settings, GatewayPlaces Places, string Data)
{
    /// <summary>The installation of a command line; null with all that is wrong with its settings.</summary>
    public static (Patient? Patient, IReadOnlyList<ConfigurationProblem> Problems) Load(GlobalValues global)
    {
        try
        {
            var (settings, places, data) = CliSettings.Load(global);
            return (new Patient(global, settings, places, data), []);
        }
        catch (ConfigurationProblemsException e)
        {
            return (null, e.Problems);
        }
    }
}
