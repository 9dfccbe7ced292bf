# Makes both Windows installers in one command, on Windows with Python 3.11 or later and NSIS 3:
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 [-Sign "signtool sign …"]
# Untried: no Windows was at hand (see README.md beside this file for what was checked, and where).
param([string]$Sign = "")
$ErrorActionPreference = "Stop"
$root = Resolve-Path (Join-Path $PSScriptRoot "..\..")
Set-Location $root

function Run { & $args[0] $args[1..($args.Length - 1)]; if ($LASTEXITCODE) { throw "$($args[0]) failed" } }

$makensis = (Get-Command makensis -ErrorAction SilentlyContinue).Source
if (-not $makensis) { $makensis = Join-Path ${env:ProgramFiles(x86)} "NSIS\makensis.exe" }
if (-not (Test-Path $makensis)) { throw "NSIS 3 is needed: makensis was not found." }

$inside = "build\environment\Scripts\python.exe"
$tools = "build\tools\Scripts"
if (-not (Test-Path $inside)) { Run py -3 -m venv build\environment }
if (-not (Test-Path "$tools\python.exe")) { Run py -3 -m venv build\tools }
Run $inside -m pip install --quiet --require-hashes --no-deps -r packaging\locks\bundle.txt
Run "$tools\python.exe" -m pip install --quiet --require-hashes --no-deps -r packaging\locks\tools.txt

$env:SOURCE_DATE_EPOCH = (git log -1 --format=%ct)
$env:PYTHONHASHSEED = "0"
$env:PYTHONUTF8 = "1"
$env:PYTHONPATH = "$root"
$version = (& $inside -c "import agent_app; print(agent_app.__version__)")

foreach ($folder in "build\made", "build\bundle", "build\work") {
    if (Test-Path $folder) { Remove-Item -Recurse -Force $folder }
}
New-Item -ItemType Directory -Force build\made, dist | Out-Null
Run $inside packaging\gather.py before build\made
Run $inside -m PyInstaller --noconfirm --clean --log-level ERROR --distpath build\bundle --workpath build\work packaging\agent-app.spec
$bundle = "build\bundle\agent-app"
# Written by the tools themselves: PowerShell would write UTF-16 into a file it is asked to.
Run "$tools\pip-licenses.exe" "--python=$inside" --format=json --with-license-file --with-notice-file --no-license-path --with-urls --from=all --output-file=build\made\licences.json
Run "$tools\cyclonedx-py.exe" environment --output-reproducible --of JSON -o build\made\sbom.json $inside
Run $inside packaging\gather.py after build\made $bundle
Run $inside packaging\gather.py sizes $bundle

Run "$bundle\agent-app-console.exe" selftest --json

foreach ($kind in "user", "machine") {
    $options = @("/WX", "/DBUNDLE=$root\$bundle", "/DVERSION=$version", "/DICON=$root\build\followup-desk.ico",
        "/DOUT=$root\dist\followup-desk-$version-$kind.exe")
    if ($kind -eq "machine") { $options += "/DPERMACHINE" }
    if ($Sign) { $options += "/DSIGN=$Sign" }
    Run $makensis @options packaging\windows\agent-app.nsi
}
Copy-Item build\made\sbom.cdx.json "dist\followup-desk-$version.cdx.json"
Get-ChildItem dist | Format-Table Name, Length
